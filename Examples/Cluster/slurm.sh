#!/usr/bin/env bash
# A job for Slurm: 16 machines, one rank each, that goes on from its checkpoint when it is requeued. An example: not run here.
#SBATCH --job-name=descent
#SBATCH --nodes=16
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=32
#SBATCH --exclusive
#SBATCH --requeue
#SBATCH --time=04:00:00

# All machines must be of one kind, and see the data at the same path.
mpirun --bind-to none descent train /shared/rows.npy --labels /shared/labels.npy --loss softmax \
  --threads "$SLURM_CPUS_PER_TASK" --checkpoint /shared/run.ckpt --resume --output /shared/model.onnx
