/** What the terminal says once the host listens. `tunnel` is null, or names this machine as the person's own would. */
export function announcement(address: string, tunnel: { readonly port: number; readonly host: string } | null): string {
  if (tunnel === null) return `Firstnode is ready:\n\n  ${address}\n\n${hint('Firstnode')}`
  return [
    'Firstnode is ready. On your own machine, open a tunnel and then the address:',
    '',
    `  ssh -L ${tunnel.port}:127.0.0.1:${tunnel.port} ${tunnel.host}`,
    `  ${address}`,
    '',
    hint('Firstnode'),
  ].join('\n')
}

/** What Enter prints. */
export function anotherAddress(address: string): string {
  return `\n  ${address}\n`
}

function hint(name: string): string {
  return `It opens once, within 10 minutes. Enter prints another; Ctrl-C ends ${name}, and no node with it.`
}
