import { callerAccount, describeAccount } from '../../installation/accounts.ts'
import { blocks, passed, type Rule } from '../check.ts'

/** Elasticsearch refuses to run as root (org.elasticsearch.bootstrap.Elasticsearch: "can not run elasticsearch as root"). */
export const accountRule: Rule = {
  id: 'account',
  title: 'Account',
  run: ({ installation }) => {
    const account = installation.runAs ?? callerAccount()
    if (account === null) return passed('The node will run as you.')
    if (account.uid === 0) {
      return blocks(
        'The node would run as root, and Elasticsearch refuses that.',
        'Give the home to an ordinary account, or name one that shall run it.',
        'would_run_as_root',
      )
    }
    return passed(`The node will run as ${describeAccount(account)}.`)
  },
}
