import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadSigningKey } from '../authentication/signing-key.ts'
import { replay } from '../mock/pass-through/recording.ts'
import { loadCertificate } from '../tls/certificate.ts'
import { openStateFile } from './state-file.ts'

const directory = mkdtempSync(join(tmpdir(), 'kept-'))

async function openState(path: string): Promise<void> {
  const unused = () => expect.fail('nothing is written')
  const file = await openStateFile({ path, current: unused, undo: unused, log: {} as never, clock: unused })
  try {
    await file.read()
  } finally {
    file.close()
  }
}

const readers: [name: string, read: (path: string) => unknown][] = [
  ['signing key', loadSigningKey],
  ['certificate', (path) => loadCertificate(path)],
  ['recording', async (path) => replay(path)],
  ['state', openState],
]

test.each(readers)('a file too large to be a %s is refused by its name, unread', async (name, read) => {
  const path = join(directory, name)
  writeFileSync(path, '')
  truncateSync(path, 2 ** 40)
  await expect(read(path)).rejects.toThrow(
    new RegExp(`^${path}: cannot be read \\(is larger than \\d+ MiB\\)`),
  )
})

test.runIf(process.platform === 'linux').each(readers)('a device is no %s', async (_name, read) => {
  await expect(read('/dev/zero')).rejects.toThrow('/dev/zero: ')
})
