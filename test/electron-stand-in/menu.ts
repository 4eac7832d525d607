import type { MenuItemConstructorOptions, Menu as ElectronMenu } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { knownOptions, NotInStandIn, strict, strictClass } from './strict.ts'
import { type Role, roleOf } from './menu-roles.ts'
import { StandInWindow } from './browser-window.ts'

const itemOptions = ['label', 'role', 'type', 'accelerator', 'click', 'submenu', 'id', 'enabled', 'visible', 'checked', 'sublabel', 'toolTip', 'registerAccelerator', 'icon'] as const satisfies readonly (keyof MenuItemConstructorOptions)[]
let lastCommand = 0

/** An entry of a menu. `click()` does what a person's click does: nothing while it is disabled. */
class StandInMenuItem {
  readonly id: string
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | null
  readonly commandId = ++lastCommand
  readonly submenu: StandInMenu | undefined
  readonly sublabel: string
  readonly toolTip: string
  readonly registerAccelerator: boolean
  readonly click: () => void
  enabled: boolean
  visible: boolean
  checked: boolean
  menu: object | undefined = undefined
  readonly seen: object

  constructor(given: MenuItemConstructorOptions) {
    knownOptions('MenuItem', given, itemOptions)
    const role: Role | null = given.role === undefined ? null : roleOf(given.role)
    this.role = given.role
    this.id = given.id ?? ''
    this.label = given.label ?? role?.label ?? ''
    this.accelerator = given.accelerator === undefined ? (role?.accelerator ?? null) : given.accelerator
    const submenu = given.submenu ?? role?.submenu
    this.submenu = submenu === undefined ? undefined : Array.isArray(submenu) ? StandInMenu.buildFromTemplate(submenu) : (submenu as unknown as StandInMenu)
    this.type = given.type ?? (this.submenu === undefined ? 'normal' : 'submenu')
    this.sublabel = given.sublabel ?? ''
    this.toolTip = given.toolTip ?? ''
    this.registerAccelerator = given.registerAccelerator ?? true
    this.enabled = given.enabled ?? true
    this.visible = given.visible ?? true
    this.checked = given.checked ?? false
    this.seen = strict('MenuItem', this)
    this.click = () => {
      if (!this.enabled) return
      if (this.type === 'checkbox') this.checked = !this.checked
      const window = StandInWindow.getFocusedWindow() ?? StandInWindow.getAllWindows()[0]
      if (role !== null && given.click === undefined) role.act(window)
      else given.click?.(this.seen as Parameters<NonNullable<MenuItemConstructorOptions['click']>>[0], window, {})
    }
  }
}

class StandInMenu extends StandInEmitter implements Pick<ElectronMenu, 'items' | 'popup'> {
  readonly items: ElectronMenu['items'] = []

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close'])
  }

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | object)[]): StandInMenu {
    const menu = strict('Menu', new StandInMenu())
    for (const entry of template) menu.append(entry instanceof StandInMenuItem ? entry : new MenuItem(entry))
    return menu
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    application = menu
  }

  static getApplicationMenu(): StandInMenu | null {
    return application
  }

  append(item: object): void {
    Object.assign(item, { menu: this })
    this.items.push(item as ElectronMenu['items'][number])
  }

  insert(at: number, item: object): void {
    this.items.splice(at, 0, item as ElectronMenu['items'][number])
  }

  getMenuItemById(id: string): ElectronMenu['items'][number] | null {
    for (const item of this.items) {
      if (item.id === id) return item
      const found = item.submenu?.getMenuItemById(id) ?? null
      if (found !== null) return found
    }
    return null
  }

  popup(): void {
    throw new NotInStandIn('Menu.popup: nobody would see it')
  }

  closePopup(): void {}
}

export const MenuItem = strictClass('MenuItem', StandInMenuItem, (made) => (made as StandInMenuItem).seen)
export const Menu = strictClass('Menu', StandInMenu, (made) => strict('Menu', made))

/** Electron has one of its own where the application sets none; DevTools is in it. */
let application: StandInMenu | null = StandInMenu.buildFromTemplate([{ role: 'fileMenu' }, { role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }])
