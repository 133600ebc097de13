const projectShape = /^(?!\.{1,2}$)[\w.-]{1,256}$/;

/** Part of the path of each call: `.` and `..` would name another one. */
export function isProjectId(value: string): boolean {
  return projectShape.test(value);
}
