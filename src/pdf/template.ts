/**
 * Template: how a document looks on paper, in Typst's language.
 *
 * The document arrives as JSON in `sys.inputs` and is only ever *shown*: no string of
 * it is joined into this source and nothing here evaluates, so no text can become
 * markup or code. Headings, tables with their head, lists and the language are what
 * Typst tags the PDF with; the foot is an artifact, which a screen reader passes over.
 */

/** Below this many rows a table is set as one; above, in parts, or it needs a gigabyte. */
const PART_ROWS = 1_000;

export const TEMPLATE = String.raw`
#let doc = json(bytes(sys.inputs.doc))
#let quiet = rgb("#4a4f57")
#let line-colour = rgb("#b9bec6")
#let open-colour = rgb("#8a3b00")

#set document(title: doc.title, date: none)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 22mm, bottom: 24mm),
  footer: context {
    set text(size: 7.5pt, fill: quiet)
    grid(
      columns: (1fr, auto),
      column-gutter: 6mm,
      doc.foot,
      [#counter(page).display() / #counter(page).final().first()],
    )
  },
)
#set text(
  font: ("Source Serif 4", "Noto Naskh Arabic"),
  size: 10.5pt,
  lang: doc.lang,
  region: doc.at("region", default: none),
  hyphenate: false,
)
#set par(leading: 0.62em, spacing: 1em)
#set list(indent: 0pt, body-indent: 0.6em)
#show heading.where(level: 1): set text(size: 20pt, weight: 600)
#show heading.where(level: 1): set par(leading: 0.4em)
#show heading.where(level: 1): set block(above: 0pt, below: 0.7em)
#set block(spacing: 1em)
#show heading.where(level: 2): set text(size: 12.5pt, weight: 600)
#show heading.where(level: 2): set block(above: 1.5em, below: 0.7em)
#set table(inset: (x: 0pt, y: 5pt), column-gutter: 5mm, stroke: none)
#show table.cell.where(y: 0): set text(size: 8.5pt, fill: quiet, weight: 600)
// A long word (an address, a hash) breaks anywhere, and is copied in one piece again.
#show regex("[^\s]{12}"): it => it + box()

#let rule = table.hline(stroke: 0.4pt + line-colour)

#let rows-of(head, columns, rows) = {
  for part in rows.chunks(${PART_ROWS}) {
    table(
      columns: columns,
      table.header(..head.map(text)),
      rule,
      ..part.map(cells => (..cells, rule)).flatten(),
    )
  }
}

#let field(row) = (
  text(weight: 600, row.label),
  {
    if row.at("open", default: false) { text(fill: open-colour, row.value) } else { text(row.value) }
    if row.at("note", default: "") != "" {
      block(above: 0.5em, text(size: 8.5pt, fill: quiet, row.note))
    }
  },
)

#heading(level: 1, doc.title)
#for one in doc.under { block(above: 0.5em, below: 0.5em, text(fill: quiet, one)) }
#if doc.undrawn {
  block(above: 1em, text(size: 9pt, fill: open-colour)[
    Some characters in here are in a script that this PDF has no typeface for and are missing or shown
    as boxes. The text and the JSON have them.
  ])
}
#v(0.6em)

#for block in doc.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "paragraph" {
    par(if block.at("quiet", default: false) { text(size: 9pt, fill: quiet, block.text) } else { text(block.text) })
  }
  else if block.kind == "list" { list(..block.items.map(text)) }
  else if block.kind == "fields" { rows-of(block.head, (4fr, 9fr), block.rows.map(field)) }
  else if block.kind == "table" {
    rows-of(block.head, block.head.map(_ => 1fr), block.rows.map(row => row.map(text)))
  }
}
`;
