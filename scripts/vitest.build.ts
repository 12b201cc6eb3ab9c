import { execFileSync } from 'node:child_process'
import { root } from './packages.ts'

/** Makes the packages once, before files of tests pack them. */
export default function build(): void {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
}
