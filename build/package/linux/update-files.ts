/**
 * What electron-builder lays into `resources` of an application that brings new versions itself. A deb and a tar.gz do not: who installed
 * or unpacked them does.
 */
export const updateFiles = ['app-update.yml', 'package-type'] as const
