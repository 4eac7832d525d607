const values = /(https?:\/\/[^\s,]+[^\s,.]|"[^"]*"|(?<=^|\s)(?:~?\/|[A-Z]:\\)\S*[^\s,.;]|\bport \d+|\b(?:xpack|discovery|cluster|node)\.[\w.]*\w)/g

/** A fact in a sentence; addresses, paths and names in it stand out as values. */
export function Sentence({ text }: { text: string }) {
  return (
    <li className="sentence">
      {text.split(values).map((part, index) =>
        index % 2 === 1 ? (
          <span key={`${index}-${part}`} className="mono">
            {part.replaceAll('"', '')}
          </span>
        ) : (
          part
        ),
      )}
    </li>
  )
}
