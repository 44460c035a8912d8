/** The mark beside the name. */
export function BrandMark({ size = 26 }: { size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
