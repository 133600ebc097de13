import { gatewayMessage, hssMessage } from './error-messages.ts';
import type { Refusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import type { SimulatorSwitches } from './switches.ts';

/** An error made by HSS itself, in the current shape. */
export function hssError(code: string, status = 400, message: string = hssMessage(code, 'en')): Reply {
  return { status, body: { error_code: code, error_description: message, error_msg: message } };
}

/** An error made by HSS in its older shape: a bare number, and no `error_msg`. */
export function legacyHssError(code: string, status = 400, message: string = hssMessage(code, 'en')): Reply {
  const number = code.replace('HSS.', '').padStart(8, '0');
  return { status, body: { error_code: number, error_description: message } };
}

/** An error made by the gateway in front of HSS; its body repeats the request id. */
export function gatewayError(code: string, status: number, message: string = gatewayMessage(code, status)): Reply {
  return {
    status,
    bodyFor: (requestId) => ({ error_msg: message, error_code: code, request_id: requestId }),
  };
}

/** Turns a refusal into a reply, worded and shaped as the switches say. */
export function toErrorReply(refusal: Refusal, switches: SimulatorSwitches): Reply {
  const { code, status, detail } = refusal;
  if (code.startsWith('APIGW.')) return gatewayError(code, status, detail ?? gatewayMessage(code, status));
  const message = hssMessage(code, switches.messageLanguage);
  return switches.errorShape === 'legacy' ? legacyHssError(code, status, message) : hssError(code, status, message);
}
