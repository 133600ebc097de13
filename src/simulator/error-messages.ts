// The codes are documented. Only a few of the Chinese texts were ever captured, so clients must not match on any.
const hssMessages: ReadonlyMap<string, { readonly en: string; readonly zh: string }> = new Map([
  ['HSS.0001', { en: 'Invalid parameter.', zh: '参数无效' }],
  ['HSS.0002', { en: 'Failed to parse the request.', zh: '解析请求失败' }],
  ['HSS.0010', { en: 'Access denied.', zh: '拒绝访问' }],
  ['HSS.0011', { en: 'Requested resource not found.', zh: '请求的资源不存在' }],
  ['HSS.0013', { en: 'Insufficient permissions.', zh: '权限不足' }],
  ['HSS.0014', { en: 'Insufficient quota.', zh: '配额不足' }],
  ['HSS.0041', { en: 'Query host extend info error', zh: '查询信息出错' }],
  ['HSS.1001', { en: 'No agent is installed on the server.', zh: '服务器未安装Agent' }],
  ['HSS.1007', { en: 'The agent is offline.', zh: 'Agent离线' }],
  ['HSS.1008', { en: 'Failed to query the server.', zh: '查询主机失败' }],
  ['HSS.1105', { en: 'The operation has already been performed.', zh: '重复操作' }],
]);

const gatewayMessages: ReadonlyMap<string, string> = new Map([
  ['APIGW.0101', 'The API does not exist or has not been published in the environment'],
  ['APIGW.0301', 'Incorrect IAM authentication information: decrypt token fail'],
  ['APIGW.0302', 'The IAM user is not authorized to access the API'],
  ['APIGW.0306', 'API access denied'],
  ['APIGW.0307', 'The token must be updated.'],
  ['APIGW.0308', 'The throttling threshold has been reached: policy api over ratelimit,limit:2000,time:1 minute'],
  ['APIGW.0310', 'The project is unavailable'],
  ['APIGW.0601', 'Internal server error'],
  ['APIGW.0610', 'Failed to connect to the backend'],
  ['APIGW.0613', 'IAM is unavailable'],
  ['APIGW.0802', 'The IAM user is forbidden in the current region'],
]);

// One code, six meanings: the status tells them apart.
const badRequestMessages: ReadonlyMap<number, string> = new Map([
  [400, 'Bad request'],
  [413, 'Request entity too large'],
  [414, 'Request URI too large'],
  [494, 'Request headers too large.'],
  [502, 'Backend unavailable'],
  [504, 'Backend timeout'],
]);

/** HSS's own text for one of its codes. */
export function hssMessage(code: string, language: 'en' | 'zh'): string {
  return hssMessages.get(code)?.[language] ?? (language === 'zh' ? '系统异常' : 'System error.');
}

/** The text of the gateway in front of HSS for one of its codes. */
export function gatewayMessage(code: string, status: number): string {
  const byStatus = code === 'APIGW.0201' ? badRequestMessages.get(status) : undefined;
  return byStatus ?? gatewayMessages.get(code) ?? 'Request failed';
}
