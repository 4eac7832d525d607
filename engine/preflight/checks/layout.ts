import { passed, skips, type Rule } from '../check.ts'

/** The deb and the rpm configure security when they are installed, not at the first start (seeds: "Self-managed certificates and keys"). */
export const layoutRule: Rule = {
  id: 'layout',
  title: 'Layout',
  run: ({ installation: { layout, config, configSource } }) =>
    layout === 'archive'
      ? passed('Unpacked from an archive: security is configured at the first start.')
      : skips(
          `Installed from a deb or rpm package: security was configured when it was installed, and systemd starts it.${configSource === 'asked' ? ` The service takes its config directory from its environment file (/etc/default or /etc/sysconfig), not ${config} because it is named here.` : ''}`,
          'Start it through systemd and set a new password for the elastic user; there is nothing to set up.',
        ),
}
