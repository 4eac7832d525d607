import { blocks, passed, type Rule } from '../check.ts'
import { lockHolder } from '../node-lock.ts'

/** A node that runs already holds the lock of its data directory; a second one on it dies (NodeEnvironment). */
export const runningRule: Rule = {
  id: 'running',
  title: 'Running already',
  run: async ({ installation: { state, data }, platform }) => {
    if (state === 'running') return blocks('Elasticsearch is running from this home.', 'Use it as it is, or stop it first.', 'already_running')
    for (const folder of data) {
      const holder = await lockHolder(folder, platform)
      if (holder !== null) {
        return blocks(`Process ${holder} holds the lock of ${folder}: a node is running on that data directory.`, 'Stop that node first, or give this one a path.data of its own.', 'node_lock_held')
      }
    }
    return passed('No node is running from this home or on its data directory.')
  },
}
