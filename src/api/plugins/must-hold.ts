import type { Actor, Permission } from '../../domain/people/permissions.ts'
import { permissionsAwaitingSecondFactor } from '../../services/access/second-factor.ts'
import { permissionsAwaitingSignIn } from '../../services/access/trusted-device.ts'
import { ApiError } from '../http/errors.ts'
import { notTheirs, signInAgain } from './actor.ts'

/**
 * @param refusal says who may, where no other sign-in would bring the permission
 * @throws ApiError 403 without the permission, which says whether another sign-in would bring it
 */
export function mustHold(actor: Actor, permission: Permission, refusal = notTheirs()): void {
  if (actor.permissions.has(permission)) return
  if (permissionsAwaitingSecondFactor(actor).has(permission))
    throw new ApiError(
      403,
      'second-factor-needed',
      '这项权限要在两步验证之后使用:还没有开启的,请在“我的账号”(/app/account)中开启;已开启的,请退出后带动态口令登录。',
    )
  if (permissionsAwaitingSignIn(actor).has(permission)) throw signInAgain()
  throw refusal
}
