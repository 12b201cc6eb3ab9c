import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Manifest, root } from './packages.ts'

interface LockedPackage {
  hasInstallScript?: boolean
}

/** The result of a program that has ended. */
export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** A package that was packed and installed in an empty project. */
export class InstalledPackage implements Disposable {
  readonly name: string
  /** The empty project. */
  readonly project = mkdtempSync(join(tmpdir(), 'package-'))
  /** What was packed, relative to the package. */
  readonly files: string[]
  /** The command is found by its shebang: Node 24 comes first on the PATH, as it does in every npm script. */
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    XDG_STATE_HOME: join(this.project, 'state'),
  }

  readonly #archive: string

  /** Packs `folder`, which is relative to the repository and has been built. */
  constructor(folder: string) {
    const stdout = execFileSync(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', this.project],
      {
        cwd: join(root, folder),
        env: this.env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const [{ name, filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
      { name: string; filename: string; files: { path: string }[] },
    ]
    this.name = name
    this.files = files.map(({ path }) => path)
    this.#archive = join(this.project, filename)
  }

  /** `others`: packages of the registry that are installed beside it. */
  async install(...others: string[]): Promise<void> {
    writeFileSync(join(this.project, 'package.json'), '{ "private": true, "type": "module" }')
    const { code, stderr } = await this.run('npm', 'install', '--prefer-offline', this.#archive, ...others)
    if (code !== 0) throw new Error(`${this.name} cannot be installed: ${stderr}`)
  }

  /** Where the package lies, its dependencies beside it. */
  get folder(): string {
    return join(this.project, 'node_modules', this.name)
  }

  get manifest(): Manifest {
    return JSON.parse(readFileSync(join(this.folder, 'package.json'), 'utf8')) as Manifest
  }

  /** What it takes: packages (itself among them), megabytes on disk, packages that run a script when installed. */
  weigh(): { packages: number; megabytes: number; withInstallScripts: string[] } {
    const lock = JSON.parse(readFileSync(join(this.project, 'package-lock.json'), 'utf8'))
    const locked = Object.entries(lock.packages as Record<string, LockedPackage>).filter(([path]) => path)
    const modules = join(this.project, 'node_modules')
    return {
      // Those of other platforms are locked as well.
      packages: locked.filter(([path]) => existsSync(join(this.project, path))).length,
      megabytes: Number.parseInt(execFileSync('du', ['-sm', modules], { encoding: 'utf8' }), 10),
      withInstallScripts: locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path),
    }
  }

  /** Runs the installed command to its end. */
  command(...args: string[]): Promise<Ended> {
    return this.run(join(this.project, 'node_modules/.bin', this.name), ...args)
  }

  /** Runs an ES module, given as text, to its end. */
  script(text: string, ...args: string[]): Promise<Ended> {
    return this.run(process.execPath, '--input-type=module', '-e', text, ...args)
  }

  async run(program: string, ...args: string[]): Promise<Ended> {
    const options = { cwd: this.project, env: this.env, maxBuffer: 64 * 2 ** 20 }
    const result = await promisify(execFile)(program, args, options).catch((error) => error)
    return { code: Number(result.code ?? 0), stdout: String(result.stdout), stderr: String(result.stderr) }
  }

  [Symbol.dispose](): void {
    rmSync(this.project, { recursive: true, force: true })
  }
}
