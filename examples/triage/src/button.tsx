import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isIdle: boolean;
  readonly onClick: () => void;
}

/** A button that can do nothing for the time being. `disabled` would take the focus from who has just pressed it. */
export function Button({ isIdle, onClick, ...attributes }: ButtonProps) {
  return (
    <button
      type="button"
      {...attributes}
      aria-disabled={isIdle}
      onClick={() => {
        if (!isIdle) onClick();
      }}
    />
  );
}
