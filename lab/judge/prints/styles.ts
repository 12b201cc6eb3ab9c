/** Style sheets that people give tables and lists, by name: all of them readable, some of them tight. */
export const styles: Record<string, string> = {
  none: '',
  ninePoints: 'body { font: 9pt sans-serif }',
  sevenPoints: 'body { font: 7pt sans-serif } td, th { padding: 1px 2px }',
  padding4: 'body { font: 10pt sans-serif } table { border-collapse: collapse } td, th { padding: 4px }',
  zebra:
    'body { font: 10pt sans-serif } table { border-collapse: collapse } tr:nth-child(even) { background: #eee } td, th { padding: 2px 4px }',
  collapsed: 'table { border-collapse: collapse } td, th { border: 1px solid #999 }',
  bare: 'table { border-collapse: collapse } td, th { padding: 0 }',
  hairlines:
    'body { font: 9pt serif } table { border-collapse: collapse; width: 100% } td, th { border-bottom: 1px solid #ccc; padding: 2px }',
  rightAligned:
    'body { font: 10pt sans-serif } td:not(:first-child), th:not(:first-child) { text-align: right } table { border-collapse: collapse } td, th { padding: 3px }',
  centred: 'body { font: 10pt sans-serif } td, th { text-align: center } table { width: 100% }',
  monospaced: 'body { font: 9pt monospace } td, th { text-align: left }',
  roomy: 'body { font: 11pt sans-serif } td, th { padding: 8px 14px; text-align: left }',
  narrowNames:
    'body { font: 10pt sans-serif } td:first-child { width: 90px } th { text-align: left } td { vertical-align: top }',
  narrowMiddle:
    'body { font: 10pt sans-serif } td:first-child { width: 80px } td, th { vertical-align: middle }',
  narrowBottom:
    'body { font: 10pt sans-serif } td:first-child { width: 80px } td, th { vertical-align: bottom; text-align: right }',
  capitals:
    'body { font: 10pt sans-serif } th { text-transform: uppercase; letter-spacing: 1px; font-size: 7pt } td { padding: 4px }',
  dark: 'body { font: 10pt sans-serif } th { background: #223; color: #fff } td, th { padding: 4px 6px; border: 1px solid #ddd }',
  spacedLetters: 'body { font: 10pt sans-serif; letter-spacing: 0.5px } td, th { padding: 2px 6px }',
}
