import { Worker } from 'node:worker_threads'
import type { DetectionResult, ProfileDepth } from './examine.ts'

/** Examines deployments in several threads. Results are in the order of the ids, `onResult` in the order of completion. */
export async function examineAll(
  ids: string[],
  {
    threads,
    depth,
    onResult,
  }: { threads: number; depth: ProfileDepth; onResult(result: DetectionResult): void },
): Promise<DetectionResult[]> {
  const queue = [...ids]
  const results = new Map<string, DetectionResult>()
  const work = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { depth } })
    try {
      for (let id = queue.shift(); id; id = queue.shift()) {
        const result = await examineIn(worker, id)
        results.set(id, result)
        onResult(result)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, ids.length) }, work))
  return ids.map((id) => results.get(id)!)
}

function examineIn(worker: Worker, id: string): Promise<DetectionResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (result: DetectionResult) => {
      worker.off('error', reject)
      resolve(result)
    })
    worker.postMessage(id)
  })
}
