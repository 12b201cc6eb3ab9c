import { parentPort, workerData } from 'node:worker_threads'
import { PdfReader } from '../../conformance/pdf/pdf-reader.ts'
import { correctServers, mutants } from '../servers/index.ts'
import { examine, type ProfileDepth } from './examine.ts'

const declarations = new Map(
  [...mutants, ...correctServers].map((declaration) => [declaration.id, declaration]),
)
const pdfReader = new PdfReader()
const { knowledge } = workerData as { knowledge: ProfileDepth }

parentPort?.on('message', async (id: string) => {
  parentPort?.postMessage(await examine(declarations.get(id)!, knowledge, pdfReader))
})
