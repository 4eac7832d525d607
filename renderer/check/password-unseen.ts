import type { PreflightReport } from '../../shared/contract/preflight.ts'

/** Whether security is configured and nobody ever saw the password of the elastic user. */
export function isPasswordUnseen({ configured, checks }: PreflightReport): boolean {
  return configured && checks.some(({ code }) => code === 'password_unseen')
}
