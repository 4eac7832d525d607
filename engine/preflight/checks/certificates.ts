import { certificatesOf } from '../../certificates/look.ts'
import { offeredDays } from '../../certificates/findings.ts'
import { isTlsOn } from '../../security/http-tls.ts'
import { passed, type Rule } from '../check.ts'

/**
 * Certificates that expire soon, or lack an address of this machine. What the first finding says is the most urgent.
 */
export const certificatesRule: Rule = {
  id: 'certificates',
  title: 'Certificate dates',
  run: async ({ installation, settings }) => {
    if (settings === null || !isTlsOn(settings)) return null
    const { certificates, findings } = await certificatesOf(installation, null)
    const [first] = findings
    if (first !== undefined) return { status: 'warning', detail: first.message, remedy: first.remedy }
    return certificates.length === 0 ? null : passed(`No certificate expires within ${offeredDays} days.`)
  },
}
