import type { Rule } from '../check.ts'
import { accountRule } from './account.ts'
import { autoconfigurationRule } from './autoconfiguration.ts'
import { addressesRule } from './addresses.ts'
import { certificatesRule } from './certificates.ts'
import { clusterNameRule } from './cluster-name.ts'
import { bootstrapCheckRules, enforceOptionRule } from './bootstrap.ts'
import { configFolderRule } from './config-folder.ts'
import { configOwnerRule } from './config-owner.ts'
import { dataRule } from './data.ts'
import { discoveryRule } from './discovery.ts'
import { diskRule } from './disk.ts'
import { elasticPasswordRule } from './elastic-password.ts'
import { enrollmentRule } from './enrollment.ts'
import { firewallRule } from './firewall.ts'
import { homePathRule } from './home-path.ts'
import { javaRule } from './java.ts'
import { jvmOptionsRule } from './jvm-options.ts'
import { loggingRule } from './logging.ts'
import { pluginsRule } from './plugins.ts'
import { keystoreFileRule } from './keystore-file.ts'
import { keystoreRule } from './keystore.ts'
import { layoutRule } from './layout.ts'
import { memoryRule } from './memory.ts'
import { mountsRule } from './mounts.ts'
import { pathLengthRule } from './path-length.ts'
import { portsRule } from './ports.ts'
import { quarantineRule } from './quarantine.ts'
import { removedSettingsRule } from './removed-settings.ts'
import { dataRoleRule, masterRoleRule } from './roles.ts'
import { runningRule } from './running.ts'
import { securityEnabledRule } from './security-enabled.ts'
import { settingsFileRule } from './settings-file.ts'
import { settingsRule } from './settings.ts'
import { elasticUserRule } from './elastic-user.ts'
import { tlsFilesRule } from './tls-files.ts'
import { tlsRule } from './tls.ts'
import { unfinishedRule } from './unfinished.ts'
import { windowsServiceRule } from './windows-service.ts'
import { dataFolderRule, logsFolderRule } from './writable-folders.ts'

/**
 * Every check. First what ends a start before Elasticsearch looks at anything, then what its auto-configuration looks at, in its
 * order (AutoConfigureNode.execute, checkExistingConfiguration), last what it does not look at and a node would die of.
 */
export const rules: readonly Rule[] = [
  unfinishedRule,
  javaRule,
  jvmOptionsRule,
  loggingRule,
  pluginsRule,
  accountRule,
  runningRule,
  windowsServiceRule,
  homePathRule,
  pathLengthRule,
  quarantineRule,
  settingsRule,
  layoutRule,

  dataRule,
  settingsFileRule,
  keystoreFileRule,
  autoconfigurationRule,
  securityEnabledRule,
  tlsRule,
  discoveryRule,
  masterRoleRule,
  dataRoleRule,
  configFolderRule,
  configOwnerRule,
  mountsRule,
  keystoreRule,
  tlsFilesRule,
  certificatesRule,
  enrollmentRule,
  elasticUserRule,
  elasticPasswordRule,

  clusterNameRule,
  removedSettingsRule,
  dataFolderRule,
  logsFolderRule,
  addressesRule,
  portsRule,
  firewallRule,
  diskRule,
  memoryRule,
  enforceOptionRule,
  ...bootstrapCheckRules,
]

/** What there is to say of a home whose node runs: how it runs, and what would end its next start. */
export const rulesWhileRunning: readonly Rule[] = [runningRule, javaRule, jvmOptionsRule, loggingRule, pluginsRule, settingsRule, tlsFilesRule, certificatesRule, elasticPasswordRule, diskRule]

