import { withReportHeaders } from '../../behaviours.ts'
import { inArea } from '../area.ts'

const withDisposition = (value: string) => withReportHeaders({ 'Content-Disposition': value })

/** Content-Disposition (RFC 6266). */
export const fileNames = inArea('http', [
  {
    id: 'field-beyond-ascii',
    title: 'writes the file name with an umlaut into filename itself',
    level: 'advice',
    behaviour: withReportHeaders({ 'Content-Disposition': 'attachment; filename="Zürich.pdf"' }),
  },
  {
    id: 'file-name-unquoted',
    title: 'sends a file name with spaces and without quotes',
    level: 'http',
    behaviour: withDisposition('attachment; filename=usage of march.pdf'),
  },
  {
    id: 'file-name-path',
    title: 'puts a path into the file name',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="../../reports/usage.pdf"'),
  },
  {
    id: 'file-name-twice',
    title: 'gives two file names',
    level: 'http',
    behaviour: withDisposition('attachment; filename="usage.pdf"; filename="report.pdf"'),
  },
  {
    id: 'file-name-extended-broken',
    title: 'sends filename* without a character set',
    level: 'http',
    behaviour: withDisposition('attachment; filename="usage.pdf"; filename*=n%C3%B6rdwind.pdf'),
  },
  {
    id: 'file-name-type',
    title: 'names the download usage.txt',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="usage.txt"'),
  },
  {
    id: 'disposition-empty',
    title: 'sends parameters without a disposition type',
    level: 'http',
    behaviour: withDisposition('; filename="usage.pdf"'),
  },
  {
    id: 'file-name-absent',
    title: 'names no file',
    level: 'advice',
    behaviour: withDisposition('attachment'),
  },
  {
    id: 'filename-control',
    title: 'writes a line break into the file name',
    level: 'http',
    behaviour: withReportHeaders({ 'Content-Disposition': "attachment; filename*=UTF-8''usage%0D%0A.pdf" }),
  },
  {
    id: 'file-name-percent-encoded',
    title: 'percent-encodes the file name in filename itself',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="Z%C3%BCrich%20usage.pdf"'),
  },
  {
    id: 'file-name-mime-encoded',
    title: 'encodes the file name as mails do',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="=?UTF-8?B?WsO8cmljaA==?=.pdf"'),
  },
  {
    id: 'file-name-escaped',
    title: 'escapes the file name for HTML',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="Smith &amp; Sons.pdf"'),
  },
  {
    id: 'file-name-of-none',
    title: 'writes None into the file name where it has nothing',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="usage_None.pdf"'),
  },
  {
    id: 'file-name-date-zero',
    title: 'dates the file 1 January 1970 in its name',
    level: 'advice',
    behaviour: withDisposition('attachment; filename="usage-1970-01-01.pdf"'),
  },
  {
    id: 'file-name-ending-alone',
    title: 'names the file .pdf',
    level: 'advice',
    behaviour: withDisposition('attachment; filename=".pdf"'),
  },
  {
    id: 'file-name-extended-latin1',
    title: 'declares its extended file name to be UTF-8 and writes it in ISO 8859-1',
    level: 'http',
    behaviour: withDisposition("attachment; filename*=UTF-8''usage-%E9t%E9.pdf"),
  },
])
