/** EX_NOPERM of sysexits.h: not allowed to run like this. */
export const refusedExit = 77

/**
 * Why the application does not run here, in sentences; null where it may. Electron takes the sandbox off every page where it is started with
 * `--no-sandbox`, and `app.enableSandbox()` does not bring it back. `noSandbox`: that switch was given, by a person or by what
 * starts an AppImage where the kernel forbids user namespaces (Ubuntu 24.04 and later).
 */
export function whyNotHere({ platform, uid, noSandbox, env }: {
  platform: NodeJS.Platform
  uid: number | null
  noSandbox: boolean
  env: NodeJS.ProcessEnv
}): string | null {
  if (platform === 'linux' && uid === 0) {
    return 'The Firstnode window does not run as root. Start it from your own account, or use the browser: firstnode wizard.'
  }
  if (!noSandbox) return null
  if (env.APPIMAGE) {
    return (
      'This system does not let an AppImage use the Chromium sandbox, and Firstnode does not run without it. Install the deb package ' +
      'instead, or allow unprivileged user namespaces: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
    )
  }
  return 'Firstnode does not run without the Chromium sandbox. Start it without --no-sandbox.'
}
