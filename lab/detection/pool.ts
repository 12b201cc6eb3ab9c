import { Worker } from 'node:worker_threads'
import type { DetectionResult, ProfileDepth } from './examine.ts'

/** Examines deployments in several threads; findings come back in the order of the ids. */
export async function examineAll(
  ids: string[],
  {
    threads,
    knowledge,
    onFinding,
  }: { threads: number; knowledge: ProfileDepth; onFinding(finding: DetectionResult): void },
): Promise<DetectionResult[]> {
  const waiting = [...ids]
  const findings = new Map<string, DetectionResult>()
  const work = async () => {
    const worker = new Worker(new URL(`./worker.ts`, import.meta.url), { workerData: { knowledge } })
    try {
      for (let id = waiting.shift(); id; id = waiting.shift()) {
        const finding = await ask(worker, id)
        findings.set(id, finding)
        onFinding(finding)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, ids.length) }, work))
  return ids.map((id) => findings.get(id)!)
}

function ask(worker: Worker, id: string): Promise<DetectionResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (finding: DetectionResult) => {
      worker.off('error', reject)
      resolve(finding)
    })
    worker.postMessage(id)
  })
}
