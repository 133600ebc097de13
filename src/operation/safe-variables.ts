import { Kind, visit, type DocumentNode } from 'graphql';

/** A document whose variables can be properties of any object, and how its variables were called. */
export interface SafeDocument {
  readonly ast: DocumentNode;
  /** The values of variables, by the names that the document has now. */
  readonly variables: (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** A name that is a property of every object: who assigns to it sets the object's prototype. */
const unsafe = '__proto__';
const safe = 'proto_variable';

/** graphql keeps variables in plain objects, where one that is called `__proto__` is lost: here it is called otherwise. */
export function withSafeVariables(text: string, document: DocumentNode): SafeDocument {
  if (!text.includes(unsafe)) return { ast: document, variables: (given) => given };
  const names = new Set<string>();
  visit(document, {
    [Kind.VARIABLE]: ({ name }) => {
      names.add(name.value);
    },
  });
  if (!names.has(unsafe)) return { ast: document, variables: (given) => given };
  let replacement = safe;
  while (names.has(replacement)) replacement += '_';
  const ast = visit(document, {
    [Kind.VARIABLE]: (node) =>
      node.name.value === unsafe ? { ...node, name: { ...node.name, value: replacement } } : undefined,
  });
  return {
    ast,
    variables: (given) =>
      Object.hasOwn(given, unsafe) ? { ...withoutUnsafe(given), [replacement]: given[unsafe] } : given,
  };
}

const withoutUnsafe = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => name !== unsafe));
