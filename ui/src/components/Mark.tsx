/** The product's sign; its size is that of the text around it. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 26 26" aria-hidden="true">
      <rect x="1" y="1" width="24" height="24" rx="7" fill="var(--mark)" />
      <path d="M13 7v12M7 13h12" stroke="var(--mark-ink)" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
