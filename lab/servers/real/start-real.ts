import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { type Profile, readProfile } from '../../../conformance/profile.ts'
import { claimsOf, createSeedData, scope, subjects } from '../seed-data.ts'
import type { Program, RealDeployment } from './deployments.ts'

const issuer = 'https://id.northwind.example/'
const audience = 'https://api.northwind.example'
const secret = 'a shared secret of the deployment, 32 bytes and more'

const inFolder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A running deployment of several processes, and the profile that QA would write for it. */
export interface RunningReal extends AsyncDisposable {
  url: string
  profile: Profile
}

/** Starts a deployment on free ports of this machine. Throws where it does not listen within 20 seconds. */
export async function startReal({ app, proxy }: RealDeployment): Promise<RunningReal> {
  const dir = await mkdtemp(join(tmpdir(), 'real-'))
  // Started by root, nginx works as another user.
  await chmod(dir, 0o755)
  const seed = createSeedData()
  const data = join(dir, 'data.json')
  const workspaces = [seed.own, seed.foreign, seed.empty]
  await writeFile(data, JSON.stringify({ issuer, audience, secret, scope, workspaces }))
  const programs: ChildProcess[] = []
  const stop = async () => {
    for (const program of programs) program.kill()
    await rm(dir, { recursive: true, force: true })
  }
  const start = async (program: Program, backend = 0): Promise<number> => {
    const port = await freePort()
    const process = await startProgram(program, { dir, data, port, backend })
    programs.push(process)
    await untilListening(port, process)
    return port
  }
  try {
    const behind = await start(app)
    const port = proxy ? await start(proxy, behind) : behind
    const url = `http://127.0.0.1:${port}`
    return { url, profile: await writeRealProfile(seed), [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Places {
  dir: string
  data: string
  port: number
  backend: number
}

async function startProgram({ command, args, config }: Program, { dir, data, port, backend }: Places) {
  const file = join(dir, config ?? 'none')
  const fill = (text: string) =>
    text
      .replaceAll('@PORT@', String(port))
      .replaceAll('@BACKEND@', String(backend))
      .replaceAll('@DIR@', dir)
      .replaceAll('@CONFIG@', file)
  if (config) await writeFile(file, fill(await readFile(inFolder(`proxies/${config}`), 'utf8')))
  return spawn(command, args.map(fill), {
    cwd: inFolder('apps'),
    env: {
      PATH: `${process.env.PATH}:/usr/sbin`,
      DATA: data,
      PORT: String(port),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilListening(port: number, program: ChildProcess): Promise<void> {
  let failure: Error | undefined
  let said = ''
  program.on('error', (error) => {
    failure = error
  })
  program.stderr?.on('data', (text) => {
    said = (said + text).slice(-2000)
  })
  for (let tries = 0; tries < 200; tries++) {
    if (failure) throw failure
    if (program.exitCode !== null)
      throw new Error(`${program.spawnfile} ended with ${program.exitCode}: ${said}`)
    if (await accepts(port)) return
    await sleep(100)
  }
  throw new Error(`${program.spawnfile} does not listen: ${said}`)
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

async function writeRealProfile({
  own,
  foreign,
  empty,
}: ReturnType<typeof createSeedData>): Promise<Profile> {
  const now = Date.now()
  const token = async (subject: string, change: object = {}) => {
    const claims = { ...claimsOf(subject, issuer, audience, now), ...change }
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))
    return { token: { value: signed } }
  }
  const written = {
    actors: {
      member: await token(subjects.member),
      outsider: { ...(await token(subjects.outsider)), workspace: foreign.id },
      unprivileged: await token(subjects.member, { scope: 'profile' }),
    },
    minting: { alg: 'HS256', key: { value: secret } },
    workspace: { id: own.id, name: own.name, usage: 'either' },
    emptyWorkspace: { id: empty.id },
    expect: { outsider: 403 },
    limits: { timeoutMs: 20_000, rate: 500 },
  }
  const profile = readProfile(JSON.stringify(written), 'profile of a real deployment')
  return {
    ...profile,
    workspace: { ...profile.workspace, organizations: { list: own.organizations } },
    foreignOrganizations: foreign.organizations,
  }
}
