/** The oldest Node that the built programs run on: the npm package promises it, and its test runs on exactly that one. */
export const oldestNode = '20.12.0'

/**
 * The package.json of the npm package: for people who use it, not for those who work on it. Everything is bundled, so it depends on nothing.
 * @param {{name: string, version: string, license: string}} developers the package.json of the checkout
 */
export function packageManifest({ name, version, license }) {
  return {
    name,
    version,
    description: 'Gives Elasticsearch 8 and 9 their first secured node, with TLS, passwords and credentials in hand: a wizard in the browser, and a command line',
    keywords: ['elasticsearch', 'security', 'tls', 'certificates', 'setup', 'wizard', 'enrollment-token', 'cli'],
    license,
    type: 'module',
    bin: { firstnode: 'build/npm/firstnode.cjs' },
    files: ['build/npm/firstnode.cjs', 'dist/npm', 'dist/renderer'],
    engines: { node: `>=${oldestNode}` },
  }
}
