import { Kind, visit, type ASTNode } from 'graphql';

/** Names of the variables that decide what is selected, in `@skip` and `@include`. */
export function conditionsOf(...nodes: readonly ASTNode[]): readonly string[] {
  const names = new Set<string>();
  for (const node of nodes) {
    visit(node, {
      Directive(directive) {
        for (const { value } of directive.arguments ?? []) {
          if (value.kind === Kind.VARIABLE) names.add(value.name.value);
        }
      },
    });
  }
  return [...names];
}
