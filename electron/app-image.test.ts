import { expect, test } from 'vitest'
import { leaveAppImage } from './app-image.ts'

test('no variable names the mount of an AppImage any more, and what people set stays', () => {
  const env: NodeJS.ProcessEnv = {
    APPDIR: '/tmp/.mount_FirstnAbc',
    APPIMAGE: '/home/ada/Firstnode.AppImage',
    ARGV0: './Firstnode.AppImage',
    OWD: '/home/ada',
    PATH: '/tmp/.mount_FirstnAbc:/tmp/.mount_FirstnAbc/usr/sbin:/usr/bin:/bin',
    LD_LIBRARY_PATH: '/tmp/.mount_FirstnAbc/usr/lib:',
    XDG_DATA_DIRS: '/tmp/.mount_FirstnAbc/usr/share/:/usr/local/share:/usr/share',
    GSETTINGS_SCHEMA_DIR: '/tmp/.mount_FirstnAbc/usr/share/glib-2.0/schemas',
    ES_JAVA_HOME: '/tmp/.mount_FirstnAbcd/jdk',
    LANG: 'C.UTF-8',
  }
  leaveAppImage(env)
  expect(env).toEqual({
    APPIMAGE: '/home/ada/Firstnode.AppImage',
    PATH: '/usr/bin:/bin',
    XDG_DATA_DIRS: '/usr/local/share:/usr/share',
    ES_JAVA_HOME: '/tmp/.mount_FirstnAbcd/jdk',
    LANG: 'C.UTF-8',
  })
})

test('outside of an AppImage nothing changes', () => {
  const env = { PATH: '/usr/bin::/bin', LD_LIBRARY_PATH: '' }
  leaveAppImage(env)
  expect(env).toEqual({ PATH: '/usr/bin::/bin', LD_LIBRARY_PATH: '' })
})
