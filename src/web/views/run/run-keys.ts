/** What a key does in the run view. */
export type Action =
  | 'play'
  | 'next-round'
  | 'previous-round'
  | 'next-exchange'
  | 'previous-exchange'
  | 'start'
  | 'end'
  | 'search'
  | 'leave-node';

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** The action of a key, or null. */
export function actionOf({ key, shiftKey }: Pressed): Action | null {
  switch (key) {
    case ' ':
      return shiftKey ? null : 'play';
    case 'ArrowRight':
      return shiftKey ? 'next-exchange' : 'next-round';
    case 'ArrowLeft':
      return shiftKey ? 'previous-exchange' : 'previous-round';
    case 'Home':
      return 'start';
    case 'End':
      return 'end';
    case '/':
      return 'search';
    case 'Escape':
      return 'leave-node';
    default:
      return null;
  }
}

/** For the keyboard's help. */
export const RUN_KEYS = [
  ['Space', 'play and pause'],
  ['← →', 'the round before, the next one'],
  ['Shift ← →', 'the exchange before, the next one'],
  ['Home End', 'the start, the last round'],
  ['/', 'find a node'],
  ['Esc', 'leave the node'],
] as const;
