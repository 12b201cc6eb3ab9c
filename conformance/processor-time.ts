/** Milliseconds of processor time that this process has taken, all its threads together. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** How much longer by the clock than in processor time something may take: machines are busy with other things. */
export const clockPerProcessorTime = 10
