import { withFile, withFileText } from '../../behaviours.ts'
import { inArea } from '../area.ts'

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "logo" in <b>/srv/app/report.php</b> on line <b>31</b><br />\n'

const errorPage = '<!doctype html><html lang="en"><title>Usage</title><h1>Something went wrong</h1></html>'

/** Bytes that are damaged in transfer or no PDF at all. */
export const bytes = inArea('pdf', [
  {
    id: 'bytes-utf8',
    title: 'decodes the document as UTF-8 and encodes it again',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(pdf.toString('utf8'))),
  },
  {
    id: 'bytes-latin1',
    title: 'encodes each byte of the document as a character',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(pdf.toString('latin1'), 'utf8')),
  },
  {
    id: 'bytes-seven-bit',
    title: 'clears the highest bit of each byte',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(pdf.map((byte) => byte & 0x7f))),
  },
  {
    id: 'bytes-crlf',
    title: 'rewrites line ends to CRLF',
    level: 'contract',
    behaviour: withFileText((text) => text.replaceAll('\n', '\r\n')),
  },
  {
    id: 'bytes-base64',
    title: 'leaves base64 on',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(pdf.toString('base64'))),
  },
  {
    id: 'bytes-data-url',
    title: 'sends a data URL',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(`data:application/pdf;base64,${pdf.toString('base64')}`)),
  },
  {
    id: 'bytes-json',
    title: 'sends the document as a JSON string',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(JSON.stringify(pdf.toString('latin1')))),
  },
  {
    id: 'bytes-buffer-json',
    title: 'sends the document as JSON of a buffer',
    level: 'contract',
    behaviour: withFile((pdf) => Buffer.from(JSON.stringify(pdf))),
  },
  {
    id: 'bytes-warning-before',
    title: 'sends a warning of its language before the document',
    level: 'http',
    behaviour: withFile((pdf) => Buffer.concat([Buffer.from(warning), pdf])),
  },
  {
    id: 'bytes-mark-before',
    title: 'sends a byte order mark before the document',
    level: 'http',
    behaviour: withFile((pdf) => Buffer.concat([Buffer.from('\ufeff'), pdf])),
  },
  {
    id: 'bytes-page-after',
    title: 'sends HTML after the document',
    level: 'http',
    behaviour: withFile((pdf) => Buffer.concat([pdf, Buffer.from(errorPage)])),
  },
  {
    id: 'bytes-half',
    title: 'sends half of the document',
    level: 'contract',
    behaviour: withFile((pdf) => pdf.subarray(0, pdf.length / 2)),
  },
  {
    id: 'bytes-without-end',
    title: 'loses the last kilobyte of the document',
    level: 'contract',
    behaviour: withFile((pdf) => pdf.subarray(0, -1024)),
  },
  {
    id: 'bytes-holes',
    title: 'loses a block in the middle of the document',
    level: 'http',
    behaviour: withFile((pdf) =>
      Buffer.concat([pdf.subarray(0, 512), Buffer.alloc(4096), pdf.subarray(4608)]),
    ),
  },
  {
    id: 'bytes-html',
    title: 'sends an HTML page as application/pdf',
    level: 'contract',
    behaviour: withFile(() => Buffer.from(errorPage)),
  },
  {
    id: 'bytes-header-only',
    title: 'sends a PDF header and nothing else',
    level: 'contract',
    behaviour: withFile(() => Buffer.from('%PDF-1.7\n')),
  },
  {
    id: 'bytes-word',
    title: 'sends the word "string" as application/pdf',
    level: 'contract',
    behaviour: withFile(() => Buffer.from('string')),
  },
])
