import { passed, skips, type Rule } from '../check.ts'

/** "The elasticsearch.keystore isn't readable" (seeds); neither is one that is no regular file (AutoConfigureNode). */
export const keystoreFileRule: Rule = {
  id: 'keystore-file',
  title: 'elasticsearch.keystore',
  run: ({ keystore: { path, file } }) => {
    if (file === 'missing') return passed('There is no keystore yet; it will be made.')
    if (file === 'irregular') return skips(`${path} is no regular file, so Elasticsearch would not change it.`, 'Put the file itself in its place, not a link to it.')
    if (file === 'unreadable') {
      return skips(`${path} cannot be read by the account that runs the node.`, 'Let that account read it, or run the node as the account that owns it.')
    }
    return passed(`${path} is a file that the node can read.`)
  },
}
