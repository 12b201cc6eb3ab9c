import type { Cells } from '../table.ts'

// Not a dependency of the project: found below bench/ when it is installed there.
const importPeer = (name: string) => import(name)

/** jsPDF with its autotable plugin. */
export async function load() {
  const { jsPDF } = await importPeer('jspdf')
  const { default: autoTable } = await importPeer('jspdf-autotable')
  return async ([head, ...body]: Cells): Promise<Buffer> => {
    const document = new jsPDF({ orientation: 'landscape', unit: 'pt', format: 'a4' })
    autoTable(document, { head: [head!], body, styles: { fontSize: 8 } })
    return Buffer.from(document.output('arraybuffer'))
  }
}
