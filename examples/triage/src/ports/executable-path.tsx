/** A path whose last part is what people look for; it may be Windows's. */
export function ExecutablePath({ path }: { readonly path: string | null | undefined }) {
  if (path == null || path === '') return '–';
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return (
    <span className="path" title={path}>
      <span className="path-name">{path.slice(end)}</span>
      <span className="path-folder">{path.slice(0, end)}</span>
    </span>
  );
}
