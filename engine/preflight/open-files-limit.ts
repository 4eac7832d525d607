/**
 * How many files a process may open at most, as the JVM will see it: both ask getrlimit, and the JVM raises its soft limit to
 * the hard one. Infinity where there is none, null where the system knows no such limit.
 */
export function openFilesLimit(platform: NodeJS.Platform): number | null {
  if (platform === 'win32') return null
  // Else the report asks the name service for the name of every connection.
  Object.assign(process.report, { excludeNetwork: true })
  const report = process.report.getReport() as { userLimits?: { open_files?: { hard?: number | 'unlimited' } } }
  const hard = report.userLimits?.open_files?.hard
  return hard === 'unlimited' ? Infinity : (hard ?? null)
}
