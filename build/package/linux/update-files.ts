/**
 * What electron-builder adds to `resources` of an application that updates itself. A deb and a tar.gz do not: you
 * update them as you installed them.
 */
export const updateFiles = ['app-update.yml', 'package-type'] as const
