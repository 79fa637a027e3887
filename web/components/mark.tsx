/** The mark of the product: a clock face. Beside the name it tells nothing of its own. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 28 28"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="14" cy="14" r="11.5" />
      <path d="M14 7.5V14l4.5 3" />
    </svg>
  );
}
