import type { Cells } from '../table.ts'

// Not a dependency of the project: found below bench/ when it is installed there.
const importPeer = (name: string) => import(name)

/** @react-pdf/renderer: a view for each row, a text for each cell. */
export async function load() {
  const { createElement: element } = (await importPeer('react')).default
  const { Document, Page, View, Text, renderToBuffer } = await importPeer('@react-pdf/renderer')
  const row = (cells: string[], key: number, fixed: boolean) =>
    element(
      View,
      { key, fixed, wrap: false, style: { flexDirection: 'row' } },
      cells.map((text, at) =>
        element(Text, { key: at, style: { width: at === 0 ? '22%' : '9.75%', fontSize: 8 } }, text),
      ),
    )
  return ([head, ...rows]: Cells): Promise<Buffer> => {
    const body = rows.map((cells, at) => row(cells, at + 1, false))
    const page = element(Page, { size: 'A4', orientation: 'landscape', style: { padding: 40 } }, [
      row(head!, 0, true),
      ...body,
    ])
    return renderToBuffer(element(Document, null, page))
  }
}
