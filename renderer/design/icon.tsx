/** 16 by 16, one line 1.5 thick: drawn here so that the page loads no font for them. */
const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  heed: 'M8 4.5v4.2M8 11.4v.1',
  dot: 'M8 8h.01',
  copy: 'M5.5 5.5V3.8c0-.7.6-1.3 1.3-1.3h5.4c.7 0 1.3.6 1.3 1.3v5.4c0 .7-.6 1.3-1.3 1.3h-1.7M3.8 5.5h5.4c.7 0 1.3.6 1.3 1.3v5.4c0 .7-.6 1.3-1.3 1.3H3.8c-.7 0-1.3-.6-1.3-1.3V6.8c0-.7.6-1.3 1.3-1.3z',
  eye: 'M1.5 8S3.8 3.5 8 3.5 14.5 8 14.5 8 12.2 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 100-4 2 2 0 000 4z',
  eyeOff: 'M2.5 2.5l11 11M6.6 3.7A6 6 0 018 3.5c4.2 0 6.5 4.5 6.5 4.5a11 11 0 01-1.9 2.5M4.2 4.9A10.6 10.6 0 001.5 8S3.8 12.5 8 12.5c1.3 0 2.4-.4 3.3-1M6.7 6.7a2 2 0 002.7 2.7',
  folder: 'M2 4.3c0-.7.6-1.3 1.3-1.3h2.9l1.5 1.7h5c.7 0 1.3.6 1.3 1.3v5.7c0 .7-.6 1.3-1.3 1.3H3.3c-.7 0-1.3-.6-1.3-1.3z',
  archive: 'M2.5 3h11v3h-11zM3.3 6v6.2c0 .5.4.8.8.8h7.8c.5 0 .8-.4.8-.8V6M6.5 8.5h3',
  download: 'M8 2.5v7.5M5 7.2l3 3 3-3M2.8 12.8h10.4',
  chevron: 'M6 3.8L10.2 8 6 12.2',
  left: 'M9.8 3.8L5.6 8l4.2 4.2',
  up: 'M8 13V3.5M4 7.3L8 3.3l4 4',
  again: 'M13 3.2V6.2h-3M13 6.2A5.5 5.5 0 1013.5 9',
  sun: 'M8 10.8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13 9.7A5.5 5.5 0 016.3 3a5.5 5.5 0 106.7 6.7z',
  screen: 'M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3',
  node: 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 10.3a2.3 2.3 0 100-4.6 2.3 2.3 0 000 4.6z',
  star: 'M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9L2.4 6.4l3.9-.5z',
  plus: 'M8 3.5v9M3.5 8h9',
  stop: 'M4.5 4.5h7v7h-7z',
  play: 'M5.5 3.7l6.3 4.3-6.3 4.3z',
  terminal: 'M2.5 4.5l3.5 3.5-3.5 3.5M8 11.8h5.5',
  lock: 'M3.8 7.2h8.4v6H3.8zM5.5 7.2V5a2.5 2.5 0 015 0v2.2',
} as const

export type IconName = keyof typeof paths

/** A drawing beside words that say the same; never alone in a control without a name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
