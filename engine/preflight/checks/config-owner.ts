import { stat } from 'node:fs/promises'
import { problem, type Problem } from '../../../shared/problems/problem.ts'
import { accountByUid, callerAccount, describeAccount, ownerMismatch, ownerOf } from '../../installation/accounts.ts'
import { passed, skips, type Finding, type Rule } from '../check.ts'

/**
 * What the node creates in its configuration directory must belong to the directory's owner (AutoConfigureNode), and a
 * keystore is not replaced where that changes its owner (KeyStoreWrapper.save: "will not overwrite keystore … because
 * this incurs changing the file owner", exit 78).
 */
export const configOwnerRule: Rule = {
  id: 'config-owner',
  title: 'Owner',
  run: async ({ installation: { config, runAs }, keystore }) => {
    const [owner, account] = [await ownerOf(config).catch(() => null), runAs ?? callerAccount()]
    const fine = passed('The configuration directory belongs to the account that runs the node.')
    if (owner === null || account === null) return fine
    const otherOwner = ownerMismatch({ home: config, owner, runAs: account })
    if (otherOwner !== null) return skipsFor(otherOwner)
    const file = keystore.file === 'readable' ? await stat(keystore.path).catch(() => null) : null
    if (file === null || file.uid === account.uid) return fine
    const other = describeAccount(await accountByUid(file.uid, undefined, file.gid))
    const names = { path: keystore.path, owner: other, runAs: describeAccount(account) }
    return skipsFor(problem('keystore_owner_mismatch', names))
  },
}

const skipsFor = ({ message, remedy, code }: Problem): Finding => skips(message, remedy, code)
