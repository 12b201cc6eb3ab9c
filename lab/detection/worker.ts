import { parentPort, workerData } from 'node:worker_threads'
import { faulty, right } from '../servers/index.ts'
import { examine, type Knowledge } from './examine.ts'

const declarations = new Map([...faulty, ...right].map((declaration) => [declaration.id, declaration]))
const { knowledge } = workerData as { knowledge: Knowledge }

parentPort?.on('message', async (id: string) => {
  parentPort?.postMessage(await examine(declarations.get(id)!, knowledge))
})
