import { PdfReader } from './pdf/pdf-reader.ts'

/** Shared by the tests of a worker: what our server answers again and again is read once. Its process ends with the worker. */
export const pdfReader = new PdfReader()
