import type { View } from '../../app.tsx';

const Shown: View = () => <h1>simulations</h1>;

export default Shown;
