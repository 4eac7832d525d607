/** Codes that mean: the keystore has a password, and it was not given or not the right one. */
const codes = new Set(['keystore_locked', 'keystore_wrong_password', 'keystore_password_wrong'])

/** Is this refusal ended by typing the password of the keystore? */
export function isKeystoreLock({ code }: { code: string }): boolean {
  return codes.has(code)
}
