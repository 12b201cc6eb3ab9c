import { parentPort, workerData } from 'node:worker_threads'
import { PdfReader } from '../../conformance/pdf/pdf-reader.ts'
import { correctServers, mutants } from '../servers/index.ts'
import { examine, type ProfileDepth } from './examine.ts'

const declarations = new Map(
  [...mutants, ...correctServers].map((declaration) => [declaration.id, declaration]),
)
const { depth } = workerData as { depth: ProfileDepth }
/** Most deployments serve the same PDF: each worker judges it once. */
const pdfReader = new PdfReader()

parentPort?.on('message', async (id: string) => {
  parentPort?.postMessage(await examine(declarations.get(id)!, depth, pdfReader))
})
