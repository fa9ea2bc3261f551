declare module "*.json" {
  const text: string;
  export default text;
}
declare module "*.jsonc" {
  const text: string;
  export default text;
}
declare module "*.jsonl" {
  const text: string;
  export default text;
}
declare module "*.yaml" {
  const text: string;
  export default text;
}
