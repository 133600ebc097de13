const projectShape = /^(?!\.{1,2}$)[\w.-]{1,256}$/;

/** Part of each call's path: `.` and `..` would change that path. */
export function isProjectId(value: string): boolean {
  return projectShape.test(value);
}
