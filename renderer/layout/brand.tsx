/** The drawing alone: a node. `size` in px. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="brand-ground" width="32" height="32" rx="9" />
      <path className="brand-node" fillRule="evenodd" d="M16 6.5l8.2 4.75v9.5L16 25.5l-8.2-4.75v-9.5zM16 12a4 4 0 100 8 4 4 0 000-8z" />
    </svg>
  )
}

/** The name, with a node beside it. */
export function Brand() {
  return (
    <div className="brand">
      <Mark size={26} />
      <span className="brand-name">Firstnode</span>
    </div>
  )
}
