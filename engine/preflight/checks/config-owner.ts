import { callerAccount, describeAccount, ownerOf } from '../../installation/accounts.ts'
import { passed, skips, type Rule } from '../check.ts'

/** What the node creates in its configuration directory must belong to the directory's owner (AutoConfigureNode). */
export const configOwnerRule: Rule = {
  id: 'config-owner',
  title: 'Owner',
  run: async ({ installation: { config, runAs } }) => {
    const [owner, account] = [await ownerOf(config).catch(() => null), runAs ?? callerAccount()]
    if (owner === null || account === null || owner.uid === account.uid) return passed('The configuration directory belongs to the account that runs the node.')
    return skips(
      `The configuration directory ${config} belongs to ${describeAccount(owner)}, but the node would run as ${describeAccount(account)}.`,
      `Run the node as ${describeAccount(owner)}, or give the home to ${describeAccount(account)}.`,
      'owner_mismatch',
    )
  },
}
